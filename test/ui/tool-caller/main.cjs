const { commands, env, lm } = require('vscode');

/** Takes a tool's name and input from the clipboard, and puts there what it gives or throws. */
async function call() {
  const { name, input } = JSON.parse(await env.clipboard.readText());
  try {
    const { content } = await lm.invokeTool(name, { toolInvocationToken: undefined, input });
    await env.clipboard.writeText(`given: ${content.map(({ value }) => value).join('')}`);
  } catch (error) {
    await env.clipboard.writeText(`thrown: ${error.message}`);
  }
}

exports.activate = (context) => {
  context.subscriptions.push(commands.registerCommand('toolCaller.call', call));
};
