import type { Connection, Model } from 'mongoose';
import { signInLinkModel, type SignInLinkNote } from './sign-in-link-document.js';
import type { LinkNotes } from './sign-in-links.js';

/** All that is done to the collection `signInLinks`. */
export class SignInLinkStore implements LinkNotes {
  private readonly links: Model<SignInLinkNote>;

  constructor(connection: Connection) {
    this.links = signInLinkModel(connection);
  }

  async createIndexes(): Promise<void> {
    await this.links.createIndexes();
  }

  async note(link: SignInLinkNote): Promise<void> {
    await this.links.create(link);
  }

  find(sha256: string): Promise<SignInLinkNote | null> {
    return this.links.findById(sha256).lean<SignInLinkNote>().exec();
  }

  async noteUse(sha256: string, usedAt: Date): Promise<void> {
    await this.links.updateOne({ _id: sha256 }, { $set: { usedAt } });
  }
}
