import { isFreeMail, looksPersonal, personOf } from './personal-address.js';

describe('an address', () => {
  it.each([
    'ana.souza@acme-tours.example',
    'Ana.Souza@acme-tours.example',
    'a.souza@acme-tours.example',
    'ana_souza@acme-tours.example',
    'ana-maria-souza@acme-tours.example',
    'ana.m.souza2@acme-tours.example',
    'ana.souza+alerts@acme-tours.example',
    'anasouza84@gmail.com',
    'joao@hotmail.com.br',
    'jane.tours@acme-tours.example',
  ])('%s looks like one person’s', (email) => {
    expect(looksPersonal(email)).toBe(true);
  });

  it.each([
    'support@acme-tours.example',
    'page@acme-tours.example',
    'ops@acme-tours.example',
    'on-call@acme-tours.example',
    'oncall.emea@acme-tours.example',
    'night_shift@acme-tours.example',
    'tech.support@acme-tours.example',
    'techsupport@acme-tours.example',
    'noc2@acme-tours.example',
    'suporte.tecnico@acme-tours.example',
    'plantao@acme-tours.example',
    'atendimento.ao.cliente@acme-tours.example',
    'atencion-cliente@acme-tours.example',
    'guardia.noche@acme-tours.example',
    'acme.tours@acme-tours.example',
    'ana@acme-tours.example',
    'acme.support@gmail.com',
  ])('%s does not', (email) => {
    expect(looksPersonal(email)).toBe(false);
  });

  it.each([
    ['acme@gmail.com', true],
    ['acme@GMail.com', true],
    ['acme@hotmail.co.uk', true],
    ['acme@yahoo.com.ar', true],
    ['acme@gmx.net', true],
    ['acme@outlook.tours', false],
    ['acme@live.acme.com', false],
    ['help@acme-tours.example', false],
    ['help@notgmail.com', false],
  ])('%s is at a free mail domain: %s', (email, expected) => {
    expect(isFreeMail(email)).toBe(expected);
  });

  it('is the same person’s with a plus-tag and in capitals', () => {
    expect(personOf('Ana+page@Acme.example')).toBe(personOf('ana@acme.example'));
    expect(personOf('+x@acme.example')).toBe('+x@acme.example');
  });
});
