/** What both layouts are filled with: the same facts for text and HTML, plain and unescaped. */
export interface AccountMailView {
  readonly language: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What the mail lists after them. */
  readonly items: readonly string[];
  /** Absent for a mail without a link. */
  readonly link?: { readonly url: string; readonly action: string; readonly holds: string };
  readonly otherwise: string;
  readonly footer: string;
}

/** Handlebars, not escaped: plain text has nothing to escape. */
export const layoutText = `{{title}}

{{#each paragraphs}}{{this}}

{{/each}}{{#each items}}- {{this}}
{{#if @last}}
{{/if}}{{/each}}{{#if link}}{{link.action}}:
{{link.url}}

{{link.holds}}

{{/if}}{{otherwise}}

-- 
{{footer}}
`;

/** Handlebars, every value escaped; no images, no scripts, nothing fetched from anywhere. */
export const layoutHtml = `<!doctype html>
<html lang="{{language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{title}}</title></head>
<body style="margin:0;padding:16px;font:16px/1.5 sans-serif;color:#1b1b1b;background:#ffffff">
<div style="max-width:640px;margin:0 auto">
<h1 style="margin:0 0 16px;font-size:20px">{{title}}</h1>
{{#each paragraphs}}<p style="margin:0 0 12px">{{this}}</p>
{{/each}}{{#if items}}<ul style="margin:0 0 12px;padding:0 0 0 20px">
{{#each items}}<li style="margin:0 0 4px">{{this}}</li>
{{/each}}</ul>
{{/if}}{{#if link}}<p style="margin:16px 0 4px"><a href="{{link.url}}" rel="noreferrer">{{link.action}}</a><br>{{link.url}}</p>
<p style="margin:0 0 12px">{{link.holds}}</p>
{{/if}}<p style="margin:0 0 12px">{{otherwise}}</p>
<hr style="margin:24px 0 8px;border:0;border-top:1px solid #d0d0d0">
<p style="margin:0;color:#595959;font-size:14px">{{footer}}</p>
</div>
</body>
</html>
`;
