/** Under which name the module gives the session cookie to controllers. */
export const sessionCookieToken = Symbol('session cookie');
