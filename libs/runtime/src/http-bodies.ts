import { isUtf8 } from 'node:buffer';
import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { ProblemError } from './problem.js';

export interface HttpBodies {
  /** The most bytes of a body, unpacked. */
  readonly limitBytes?: number;
  /** Media types that are parsed as JSON into `request.body`. */
  readonly jsonTypes?: readonly string[];
  /**
   * Paths (and what is below them) whose body stays the bytes as they came, a Buffer in `request.body`: what is passed
   * on, and what must be kept even if it cannot be read.
   */
  readonly rawPaths?: readonly string[];
  /** Paths whose body no parser reads: their controllers take it as a stream, and no limit of a whole body holds there. */
  readonly unreadPaths?: readonly string[];
}

const usualLimitBytes = 1024 * 1024;
const usualJsonTypes = ['application/json', 'application/*+json'];

/** Our parsers in place of Nest's: the limits are a setting, and what goes wrong is one of our problems. */
export function useHttpBodies(http: Express, bodies: HttpBodies = {}): void {
  const {
    limitBytes = usualLimitBytes,
    jsonTypes = usualJsonTypes,
    rawPaths = [],
    unreadPaths = [],
  } = bodies;
  const unlessUnread = (handler: RequestHandler): RequestHandler => {
    return (request, response, next) =>
      unreadPaths.includes(request.path) ? next() : handler(request, response, next);
  };
  if (rawPaths.length > 0) http.use([...rawPaths], express.raw({ limit: limitBytes, type: () => true }));
  // Not strict: a body that is a bare text or number is JSON, and the schema says better what is wrong with it.
  http.use(
    unlessUnread(express.json({ limit: limitBytes, type: [...jsonTypes], strict: false, verify: readBytes })),
  );
  http.use(unlessUnread((request, _response, next) => next(unreadBody(request, jsonTypes))));
  // Here and not in the filter, because Nest turns a SyntaxError into its own exception before the filter sees it.
  http.use((error: unknown, _request: Request, _response: Response, next: NextFunction) =>
    next(bodyProblem(error, limitBytes) ?? error),
  );
}

/**
 * The parser makes `{}` of no bytes at all, which a PUT would take for "nothing is wanted". Nothing came, so nothing is
 * what a controller gets, and those that want a body say so.
 */
const empty = new WeakSet<object>();
function readBytes(request: object, _response: unknown, bytes: Buffer): void {
  if (bytes.length === 0) empty.add(request);
  // The parser would put U+FFFD in the place of each broken byte, and something else would be stored than was sent.
  if (!isUtf8(bytes)) throw new ProblemError('malformed-json', 'The body is not UTF-8.');
}

/** A body that no parser took would look like no body at all, and the answer would name the wrong mistake. */
function unreadBody(request: Request, jsonTypes: readonly string[]): ProblemError | undefined {
  if (empty.has(request)) {
    request.body = undefined;
    return undefined;
  }
  const length = Number(request.headers['content-length'] ?? 0);
  const hasBody = length > 0 || request.headers['transfer-encoding'] !== undefined;
  if (!hasBody || request.body !== undefined) return undefined;
  const given = request.headers['content-type'] ?? 'none';
  return new ProblemError(
    'unsupported-media-type',
    `The Content-Type is ${given}; taken here: ${jsonTypes.join(', ')}.`,
  );
}

/** The errors of body-parser by their `type` (https://github.com/expressjs/body-parser#errors). */
export function bodyProblem(error: unknown, limitBytes: number): ProblemError | undefined {
  if (!(error instanceof Error) || !('status' in error) || error instanceof ProblemError) return undefined;
  const cause = error;
  switch ('type' in error ? error.type : undefined) {
    case 'entity.parse.failed':
      return new ProblemError('malformed-json', 'The body cannot be read as JSON.', { cause });
    case 'entity.too.large':
      return new ProblemError('body-too-large', `A body has at most ${limitBytes} bytes here.`, { cause });
    case 'encoding.unsupported':
      return new ProblemError('unsupported-media-type', 'The Content-Encoding is not known here.', { cause });
    case 'charset.unsupported':
      return new ProblemError('unsupported-media-type', 'JSON is sent as UTF-8.', { cause });
    default:
      return error.status === 400
        ? new ProblemError('invalid-request', 'The body could not be read to its end.', { cause })
        : undefined;
  }
}
