/** A key and the certificate for it, for `localhost`. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

// Made once with openssl for these tests. Nobody trusts them, and they guard nothing.

/** Signed by itself, for a hundred years. */
export const selfSigned: KeyPair = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8zoMNx0140Tgqo8R
8th5gT7YyZN+ORr8tiu/w1rgzkGhRANCAASm/4C5UcSybwT3bq9fk6d64WjE9yeo
Pa7q8K1jYGYLGhSJK99764dHIpS8PNeRgCHil3183PmldXfnaji5N6LM
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBljCCATugAwIBAgIUZ7A2/XIj1yXXQ0qEh0/TPMQyf08wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjE0NDEyMFoYDzIxMjYxMDI5
MTQ0MTIwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASm/4C5UcSybwT3bq9fk6d64WjE9yeoPa7q8K1jYGYLGhSJK99764dH
IpS8PNeRgCHil3183PmldXfnaji5N6LMo2kwZzAdBgNVHQ4EFgQUix6fzKl61LYp
cQpZ1gIOI1gEvaQwHwYDVR0jBBgwFoAUix6fzKl61LYpcQpZ1gIOI1gEvaQwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SQAwRgIhAP1Yk+UV3Sy36qv8ymex57/MdbWrt7Zr7f0k+t6BCrK4AiEAmLZRaYkq
O7djgrGfh8Cs9uUvFHxP1+mTvFdZbBXA9Vw=
-----END CERTIFICATE-----
`,
};

/** Signed by itself, and good for the first day of 2020 only. */
export const expired: KeyPair = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglFBUvM3Wv3vTvHCD
s81WbKjHJG7U9hF3Uf5sPAl/4BKhRANCAAQI6roe4KF7Ln3zI8N0BrkjkE2CL9b9
e5Oz1IritmkWIy9/0Ix0BRLaYErCQ7dsqTy9x6iMKPzchJax40zFoRop
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBTDCB9KADAgECAgEBMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCWxvY2FsaG9z
dDAeFw0yMDAxMDEwMDAwMDBaFw0yMDAxMDIwMDAwMDBaMBQxEjAQBgNVBAMMCWxv
Y2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAjquh7goXsuffMjw3QG
uSOQTYIv1v17k7PUiuK2aRYjL3/QjHQFEtpgSsJDt2ypPL3HqIwo/NyElrHjTMWh
GimjNzA1MBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAdBgNVHQ4EFgQUumqQV4+wFgQq
55C/FG/P/AhLnDMwCgYIKoZIzj0EAwIDRwAwRAIgQv+ZuNwUIUIvql+9Rp8Yr5bl
r3+HMNhjXC7g1Xn/O/8CIHwDaZ44bgfESEstlKpwVb0jcb/0kG5WMKuxlFcQqtY5
-----END CERTIFICATE-----
`,
};
