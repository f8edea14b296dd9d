import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Principal } from '@signalbox/contracts';
import type { AddressedMessage } from '@signalbox/messaging';
import { createEventQueries } from '@signalbox/persistence';
import { mintPrincipalToken, PrincipalGuard, runApp, type RunningApp } from '@signalbox/runtime';
import { DeadLettersController } from './dead-letters.controller.js';
import { EventsController } from './events.controller.js';
import { ExplainEvent } from './explain-event.js';
import { KeepBooks } from './keep-books.js';
import { HandleDeadLetters } from './handle-dead-letters.js';
import { ListAlarms } from './list-alarms.js';
import { PreviewEvent } from './preview-event.js';
import { ReadDeadLetters } from './read-dead-letters.js';
import { appliedContacts, clock, log, openStore, operatorsMailbox, type Store } from './real-store.spec.js';

// No spec by itself: what the router answers over HTTP, called as the gateway does, over real stores and without Kafka.

const signingKeys = { current: 'a signing key of 32 characters or more' };
export const operatorKey: Principal = { kind: 'api-key', id: 'k1', name: 'operator', scopes: ['operator'] };

export interface Call {
  readonly as?: Principal;
  readonly body?: unknown;
  readonly text?: string;
  readonly contentType?: string;
}
export interface RouterOverHttp {
  readonly store: Store;
  readonly url: string;
  call(method: string, path: string, call?: Call): Promise<{ status: number; json: unknown; text: string }>;
}

/** What was sent to topics, by whichever router. */
export const sentToTopics: AddressedMessage[] = [];

class RouterModule {}
const moduleOver = (store: Store): DynamicModule => {
  const contacts = appliedContacts(store);
  return {
    module: RouterModule,
    controllers: [EventsController, DeadLettersController],
    providers: [
      { provide: APP_GUARD, useFactory: () => new PrincipalGuard(signingKeys) },
      { provide: ExplainEvent, useValue: new ExplainEvent(createEventQueries(store.connection)) },
      {
        provide: PreviewEvent,
        useValue: new PreviewEvent({
          contacts,
          operatorsMailbox,
          operators: { gathersUnroutable: () => Promise.resolve(false) },
          clock,
        }),
      },
      { provide: ReadDeadLetters, useValue: new ReadDeadLetters(store.letters) },
      {
        provide: HandleDeadLetters,
        useValue: new HandleDeadLetters({
          letters: store.letters,
          topics: { send: (message) => Promise.resolve(void sentToTopics.push(message)) },
          clock,
          log,
        }),
      },
      {
        provide: ListAlarms,
        useValue: new ListAlarms({ alarms: store.alarms, dispatches: store.dispatches }),
      },
      {
        provide: KeepBooks,
        useValue: new KeepBooks({ offsets: { read: () => Promise.resolve([]) }, books: store.books, clock }),
      },
    ],
  };
};

export function useRouterOverHttp(): () => RouterOverHttp {
  let router: (RouterOverHttp & { readonly app: RunningApp }) | undefined;

  beforeAll(async () => {
    const store = await openStore();
    const app = await runApp({
      name: 'notification-router',
      log,
      listen: { host: '127.0.0.1', port: 0, setting: 'NOTIFICATION_ROUTER_PORT' },
      module: () => Promise.resolve(moduleOver(store)),
      host: { on: () => undefined, exit: () => undefined, stderr: process.stderr },
    });
    router = { app, store, url: app.url, call: (...args) => callAt(app.url, ...args) };
  });

  afterAll(async () => {
    await router?.app.stop('the spec is over');
    await router?.store.end();
  });

  return () => {
    if (router === undefined) throw new Error('the router is not running');
    return router;
  };
}

async function callAt(
  url: string,
  method: string,
  path: string,
  { as = operatorKey, body, text, contentType = 'application/json' }: Call = {},
) {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      authorization: `Bearer ${await mintPrincipalToken(signingKeys, as)}`,
      ...(sent !== undefined && { 'content-type': contentType }),
    },
    ...(sent !== undefined && { body: sent }),
  });
  const answered = await response.text();
  const json: unknown = answered === '' ? undefined : JSON.parse(answered);
  return { status: response.status, json, text: answered };
}
