/** Handlebars, every value escaped; no images, no scripts, nothing fetched from anywhere. */
export const layoutHtml = `<!doctype html>
<html lang="{{language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{heading}}</title></head>
<body style="margin:0;padding:16px;font:16px/1.5 sans-serif;color:#1b1b1b;background:#ffffff">
<div style="max-width:640px;margin:0 auto">
{{#if late}}<p style="padding:8px 12px;background:#fff3cd"><strong>{{late}}</strong></p>
{{/if}}{{#if allClear}}<p style="padding:8px 12px;background:#d7f0dd"><strong>{{allClear}}</strong></p>
{{/if}}<p style="margin:0;color:#595959">{{heading}}</p>
<h1 style="margin:0 0 16px;font-size:20px">{{title}}</h1>
{{#if acknowledge}}<p style="margin:0 0 16px"><a href="{{acknowledge.url}}" rel="noreferrer" style="display:inline-block;padding:10px 20px;background:#a61b1b;color:#ffffff;text-decoration:none;border-radius:4px"><strong>{{acknowledge.button}}</strong></a><br>
<span style="color:#595959;font-size:14px">{{acknowledge.why}}</span></p>
{{/if}}<table role="presentation" style="border-collapse:collapse">
{{#each facts}}<tr><td style="padding:2px 16px 2px 0;color:#595959;vertical-align:top">{{label}}</td><td>{{value}}</td></tr>
{{/each}}</table>
{{#each paragraphs}}<h2 style="margin:16px 0 4px;font-size:16px">{{label}}</h2>
<p style="margin:0;white-space:pre-line">{{value}}</p>
{{/each}}{{#if details.length}}<h2 style="margin:16px 0 4px;font-size:16px">{{detailsLabel}}</h2>
<table role="presentation" style="border-collapse:collapse">
{{#each details}}<tr><td style="padding:2px 16px 2px 0;color:#595959;vertical-align:top">{{label}}</td><td style="white-space:pre-line">{{value}}</td></tr>
{{/each}}</table>
{{/if}}{{#if links.length}}<h2 style="margin:16px 0 4px;font-size:16px">{{linksLabel}}</h2>
<ul>
{{#each links}}<li><a href="{{url}}" rel="noreferrer">{{label}}</a><br>{{url}}</li>
{{/each}}</ul>
{{/if}}<hr style="margin:24px 0 8px;border:0;border-top:1px solid #d0d0d0">
<p style="margin:0;color:#595959;font-size:14px">{{#each because}}{{this}}<br>
{{/each}}{{portal}} <a href="{{portalUrl}}">{{portalUrl}}</a></p>
</div>
</body>
</html>
`;
