import { contactInformationPage, routingPage } from '@signalbox/domain';

/** The pages that are made of tables, by their place in the repository; a spec compares them with what is checked in. */
export const generatedPages: Readonly<Record<string, () => string>> = {
  'docs/contact-information.md': contactInformationPage,
  'docs/routing.md': routingPage,
};
