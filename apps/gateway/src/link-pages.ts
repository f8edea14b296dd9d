/** A page that a link in a mail leads to. */
export interface LinkPage {
  readonly title: string;
  /** What the button is about to do. */
  readonly lead: string;
  readonly button: string;
  /** Which call the button makes with the token, below PUBLIC_URL. */
  readonly call: string;
  readonly done: string;
  /** What somebody without a token can do here. */
  readonly withoutToken: 'ask-for-link' | 'nothing';
}

/**
 * The links of account mails, until the portal answers them. Opening one changes nothing, since mail scanners open links
 * too: what it does is done by a person who presses the one button.
 */
export const linkPages = {
  '/sign-in': {
    title: 'Sign in to Signalbox',
    lead: 'Press the button to sign in. The link works once, within 15 minutes of being asked for.',
    button: 'Sign in',
    call: 'v1/sign-in/confirm',
    done: 'You are signed in in this browser.',
    withoutToken: 'ask-for-link',
  },
  '/invitation': {
    title: 'An invitation to Signalbox',
    lead: 'Press the button to accept the invitation. It signs you in as well.',
    button: 'Accept the invitation',
    call: 'v1/invitations/accept',
    done: 'You have access now, and are signed in in this browser.',
    withoutToken: 'nothing',
  },
  '/confirm-address': {
    title: 'Confirm an address for Signalbox',
    lead: 'Press the button to confirm that mail to this address reaches you.',
    button: 'Confirm the address',
    call: 'v1/addresses/confirm',
    done: 'The address is confirmed.',
    withoutToken: 'nothing',
  },
} as const satisfies Record<`/${string}`, LinkPage>;

/** Everything is addressed relative to the page, so that it works where PUBLIC_URL has a path, too. */
export const linkPageHtml = ({ title, lead, button, call, done, withoutToken }: LinkPage): string =>
  `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="stylesheet" href="pages/link.css" />
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <form id="use" data-call="${call}" data-done="${done}" hidden>
        <p>${lead}</p>
        <button type="submit">${button}</button>
      </form>
      ${withoutToken === 'ask-for-link' ? askForm : incomplete}
      <p id="outcome" role="status"></p>
      <p id="next" hidden><a href=".">Go on to Signalbox</a></p>
      <noscript><p>This page needs JavaScript.</p></noscript>
    </main>
    <script src="pages/link.js"></script>
  </body>
</html>
`;

const askForm = `<form id="without" hidden>
        <label for="email">Your mail address</label>
        <input id="email" name="email" type="email" autocomplete="email" required />
        <button type="submit">Send me a link</button>
      </form>`;
const incomplete = `<div id="without" hidden>
        <p>This link is not whole. Copy all of it from the mail.</p>
      </div>`;

/** A file of its own, since the page's policy allows no script inside it. */
export const linkPageScript = `const find = (id) => document.getElementById(id);
const token = new URLSearchParams(location.search).get('token');
// The token is used here alone; it is to stand in no history and on nobody's screenshot.
history.replaceState(null, '', location.pathname);
const use = find('use');
const without = find('without');
(token === null ? without : use).hidden = false;

async function post(call, body) {
  const response = await fetch(call, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { ok: response.ok, answer: await response.json() };
}

function onSubmit(form, send) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      find('outcome').textContent = await send();
    } catch {
      button.disabled = false;
      find('outcome').textContent = 'That did not work: Signalbox does not answer. Try again.';
    }
  });
}

onSubmit(use, async () => {
  const { ok, answer } = await post(use.dataset.call, { token });
  use.hidden = true;
  find('next').hidden = !ok;
  return ok ? use.dataset.done : answer.detail;
});

if (without instanceof HTMLFormElement) {
  onSubmit(without, async () => {
    const { ok, answer } = await post('v1/sign-in', { email: find('email').value });
    without.hidden = ok;
    without.querySelector('button').disabled = false;
    return ok ? answer.message : answer.detail;
  });
}
`;

export const linkPageStyle = `body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 30rem; margin: 10vh auto; padding: 0 1rem; }
label, input, button { display: block; font: inherit; }
input { width: 100%; box-sizing: border-box; margin: 0.25rem 0 1rem; padding: 0.5rem; }
button { padding: 0.5rem 1.5rem; }
[hidden] { display: none; }
`;
