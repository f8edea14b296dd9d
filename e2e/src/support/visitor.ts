import type { BrowserContext, Page, Request, Response } from 'playwright-core';

/** One person's browser window: cookies of its own, and a note of everything that a page may not do. */
export class Visitor {
  readonly #complaints: string[] = [];
  readonly #pardoned: RegExp[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly ownOrigin: string,
  ) {}

  /** @param ownOrigin the only origin that a page may ask anything of. */
  static async in(context: BrowserContext, ownOrigin: string): Promise<Visitor> {
    await context.addInitScript(reportViolations);
    const visitor = new Visitor(context, await context.newPage(), ownOrigin);
    context.on('console', (message) => {
      // What a server answers is looked at by its status, below: 401 is no fault, 500 is one.
      const isAnswer = message.text().startsWith('Failed to load resource: the server responded');
      if (message.type() === 'error' && !isAnswer) visitor.note(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => visitor.note(`error: ${error.error().message}`));
    context.on('request', (request) => visitor.noteRequest(request));
    context.on('requestfailed', (request) => visitor.noteFailure(request));
    context.on('response', (response) => visitor.noteResponse(response));
    return visitor;
  }

  /** For what a spec provokes: a complaint that fits is none. */
  pardon(...patterns: readonly RegExp[]): void {
    this.#pardoned.push(...patterns);
  }

  /** Errors of the console and of scripts, violations of the policy, requests that failed or went elsewhere. */
  complaints(): string[] {
    return this.#complaints.filter((text) => !this.#pardoned.some((pattern) => pattern.test(text)));
  }

  private note(text: string): void {
    this.#complaints.push(text);
  }

  private noteRequest(request: Request): void {
    const { protocol, origin } = new URL(request.url());
    if (/^(?:https?|wss?):$/.test(protocol) && origin !== this.ownOrigin) {
      this.note(`foreign: ${request.method()} ${request.url()}`);
    }
  }

  private noteFailure(request: Request): void {
    const why = request.failure()?.errorText ?? '';
    // Leaving a page ends what it was still waiting for.
    if (why !== 'net::ERR_ABORTED') this.note(`failed: ${request.method()} ${request.url()} ${why}`);
  }

  private noteResponse(response: Response): void {
    const isExpected = expectingTypes.has(response.request().resourceType());
    if (response.status() >= (isExpected ? 500 : 400)) {
      this.note(`answered ${response.status()}: ${response.request().method()} ${response.url()}`);
    }
  }
}

/** What asks for these knows what to do with a 4xx; a script or a picture that is not there is a mistake. */
const expectingTypes: ReadonlySet<string> = new Set(['fetch', 'xhr', 'document']);

/** Runs in the page, before any script of its own. */
const reportViolations = `document.addEventListener('securitypolicyviolation', (violation) =>
  console.error('policy: ' + violation.violatedDirective + ' blocked ' + (violation.blockedURI || 'inline')));`;
