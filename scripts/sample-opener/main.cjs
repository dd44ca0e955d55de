const { commands } = require('vscode');

exports.activate = () => commands.executeCommand('lumaLuminary.exploreSampleData');
