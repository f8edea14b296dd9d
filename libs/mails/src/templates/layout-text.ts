/** Handlebars, not escaped: plain text has nothing to escape. */
export const layoutText = `{{#if late}}{{late}}

{{/if}}{{#if allClear}}{{allClear}}

{{/if}}{{heading}}
{{title}}

{{#if acknowledge}}{{acknowledge.button}}: {{acknowledge.url}}
{{acknowledge.why}}

{{/if}}{{#each facts}}{{label}}: {{value}}
{{/each}}
{{#each paragraphs}}{{label}}:
{{value}}

{{/each}}{{#if details.length}}{{detailsLabel}}:
{{#each details}}- {{label}}: {{value}}
{{/each}}
{{/if}}{{#if links.length}}{{linksLabel}}:
{{#each links}}- {{label}}: {{url}}
{{/each}}
{{/if}}-- 
{{#each because}}{{this}}
{{/each}}{{portal}} {{portalUrl}}
`;
