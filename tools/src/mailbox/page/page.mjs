// The mailbox's page. Whatever comes out of a mail is set as text, or shown in a frame without any permission.
const pollEveryMs = 1000;
const shownAtMost = 200;

const element = (id) => document.getElementById(id);
const make = (tag, text = '', attributes = {}) =>
  Object.assign(document.createElement(tag), { textContent: text }, attributes);

const state = { chosen: undefined, view: 'html', message: undefined, headers: undefined, shown: '' };

async function ask(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

const people = (addresses) =>
  addresses.map(({ Name, Address }) => (Name ? `${Name} <${Address}>` : Address)).join(', ');

async function refresh() {
  const query = element('search').value.trim();
  const path = query ? `api/v1/search?query=${encodeURIComponent(query)}&` : 'api/v1/messages?';
  try {
    const page = await ask(`${path}limit=${shownAtMost}`);
    element('count').textContent = `${page.messages_count} of ${page.total}`;
    element('empty').hidden = page.messages.length > 0;
    showList(page.messages);
  } catch {
    element('count').textContent = 'the mailbox does not answer';
  }
}

/** Drawn again only when something changed, so that focus and scrolling stay where they are. */
function showList(mails) {
  const shown = JSON.stringify([mails.map((mail) => mail.ID), state.chosen]);
  if (shown === state.shown) return;
  state.shown = shown;
  element('mails').replaceChildren(...mails.map(listItem));
}

function listItem(mail) {
  const button = make('button', '', { type: 'button' });
  if (mail.ID === state.chosen) button.setAttribute('aria-current', 'true');
  button.append(
    make('time', new Date(mail.Created).toLocaleTimeString(), { dateTime: mail.Created }),
    ` ${people([...mail.To, ...mail.Bcc])}`,
    make('strong', mail.Subject || '(no subject)'),
    make('span', mail.Snippet, { className: 'snippet' }),
  );
  button.addEventListener('click', () => void open(mail.ID));
  const item = make('li');
  item.append(button);
  return item;
}

async function open(id) {
  const path = `api/v1/message/${encodeURIComponent(id)}`;
  const [message, headers] = await Promise.all([ask(path), ask(`${path}/headers`)]);
  Object.assign(state, { chosen: id, message, headers });
  document.body.classList.add('reading');
  showMail();
  await refresh();
}

function showMail() {
  const { message, view } = state;
  element('mail').hidden = false;
  element('subject').textContent = message.Subject || '(no subject)';
  const facts = {
    From: people([message.From]),
    To: people(message.To),
    Cc: people(message.Cc),
    Bcc: people(message.Bcc),
    'Reply to': people(message.ReplyTo),
    Date: new Date(message.Date).toLocaleString(),
    Attachments: message.Attachments.map(({ FileName }) => FileName).join(', '),
  };
  const rows = Object.entries(facts).filter(([, value]) => value !== '');
  element('people').replaceChildren(
    ...rows.flatMap(([name, value]) => [make('dt', name), make('dd', value)]),
  );
  for (const button of document.querySelectorAll('[data-view]')) {
    button.setAttribute('aria-pressed', String(button.dataset.view === view));
  }
  element('body').replaceChildren(views[view]());
}

const views = {
  html() {
    if (!state.message.HTML) return make('p', 'This mail has no HTML.');
    const frame = make('iframe', '', { title: 'The mail as HTML' });
    frame.setAttribute('sandbox', '');
    frame.srcdoc = state.message.HTML;
    return frame;
  },
  text: () => make('pre', state.message.Text || 'This mail has no text.'),
  headers: () =>
    make(
      'pre',
      Object.entries(state.headers)
        .flatMap(([name, values]) => values.map((value) => `${name}: ${value}`))
        .join('\n'),
    ),
};

for (const button of document.querySelectorAll('[data-view]')) {
  button.addEventListener('click', () => {
    state.view = button.dataset.view;
    showMail();
  });
}
element('back').addEventListener('click', () => document.body.classList.remove('reading'));
element('search').addEventListener('input', () => void refresh());

await refresh();
setInterval(() => void refresh(), pollEveryMs);
