import type { ExpectedMail } from './compare-mails.js';

interface MessageList {
  readonly messages: readonly { readonly ID: string; readonly Created: string }[];
}
interface Message {
  readonly To: readonly { readonly Address: string }[] | null;
  readonly Subject: string;
}

/** The mails that carry the id of one of these events, whoever they went to, read through Mailpit's API. */
export async function mailsOfRun(
  mailbox: string,
  isOfRun: (eventId: string) => boolean,
): Promise<ExpectedMail[]> {
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${mailbox}/api/v1/${path}`)).json()) as T;
  const mails: ExpectedMail[] = [];
  const { messages } = await get<MessageList>('messages?limit=500');
  for (const { ID } of messages) {
    const headers = await get<Record<string, string[]>>(`message/${ID}/headers`);
    const eventId = headers['X-Signalbox-Event']?.[0] ?? '';
    if (!isOfRun(eventId)) continue;
    const { To, Subject } = await get<Message>(`message/${ID}`);
    mails.push({ eventId, recipient: (To ?? []).map(({ Address }) => Address).join(', '), subject: Subject });
  }
  return mails;
}
