/** Where the portal is served: PUBLIC_URL's path with a slash at its end, as the gateway wrote it into the page. */
export const baseUrl = document.baseURI;

/** The same as the router counts it: a path without a slash at its end. */
export const basePath = new URL(baseUrl).pathname.replace(/\/$/, '');

/** The page's own nonce, without which the policy lets no style element in. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
