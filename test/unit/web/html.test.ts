import { describe, expect, it } from 'vitest';
import { html } from '../../../web/html.ts';
import { safeLink, safeUrl } from '../../../web/safe-link.ts';

describe('a template', () => {
  it('escapes texts, and leaves HTML of its own as it is', () => {
    expect(html`<p title="${`"'`}">${'<b>&`'}${html`<i>${1}</i>`}${null}${false}${['a', html`<br>`]}</p>`.markup).toBe(
      '<p title="&#34;&#39;">&#60;b&#62;&#38;&#96;<i>1</i>a<br></p>',
    );
  });

  it('shows what cannot be seen, but leaves emoji and scripts their joiners', () => {
    expect(html`${'a\u202eb\u0000c\u2066d\ud800e\u200b'}`.markup).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffd');
    expect(html`${'👩\u200d🚒 می\u200cخواهم\n'}`.markup).toBe('👩\u200d🚒 می\u200cخواهم\n');
  });
});

describe('a link', () => {
  it.each([
    ['https://runbooks.example.com/a?b=c#d', 'https://runbooks.example.com/a?b=c#d'],
    ['http://grafana:3000/d/x', 'http://grafana:3000/d/x'],
    ['https://ada:secret@example.com/', 'https://example.com/'],
    ['HTTPS://EXAMPLE.COM', 'https://example.com/'],
  ])('may lead to %s', (text, url) => {
    expect(safeUrl(text)).toBe(url);
  });

  it.each(['javascript:alert(1)', ' JavaScript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//example.com', '/x', 'x', ''])(
    'does not lead to %j',
    (text) => {
      expect(safeUrl(text)).toBeNull();
      expect(safeLink('Runbook', text)).toBeNull();
    },
  );

  it('opens a window that knows nothing of this one', () => {
    expect(safeLink('Runbook', 'https://example.com/"x')?.markup).toBe(
      '<a href="https://example.com/%22x" target="_blank" rel="noopener noreferrer">Runbook</a>',
    );
  });
});
