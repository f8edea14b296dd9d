/** What both layouts are filled with: the same facts for text and HTML, plain and unescaped. */
export interface MailView {
  readonly language: string;
  /** First of all, so that nobody acts on old news as if it were new. */
  readonly late: string | undefined;
  readonly allClear: string | undefined;
  /** The way to say "I am on it". */
  readonly acknowledge: { readonly button: string; readonly why: string; readonly url: string } | undefined;
  readonly heading: string;
  readonly title: string;
  readonly facts: readonly Labelled[];
  readonly paragraphs: readonly Labelled[];
  readonly detailsLabel: string;
  readonly details: readonly Labelled[];
  readonly linksLabel: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly because: readonly string[];
  readonly portal: string;
  readonly portalUrl: string;
}

export interface Labelled {
  readonly label: string;
  readonly value: string;
}
