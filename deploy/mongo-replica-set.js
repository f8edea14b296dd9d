// The health check of MongoDB in compose, run by mongosh: makes the member a replica set of its own at the first run
// (and again when MONGO_PORT has changed), and is content when it takes writes.
const host = `127.0.0.1:${process.env.MONGO_PORT}`;
const notYetInitialized = 94; // mongo's error_codes.yml

function replicaSetConfig() {
  try {
    return db.adminCommand({ replSetGetConfig: 1 }).config;
  } catch (error) {
    if (error.code === notYetInitialized) return undefined;
    throw error;
  }
}

const config = replicaSetConfig();
if (config === undefined) {
  db.adminCommand({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
} else if (config.members[0].host !== host) {
  const members = [{ ...config.members[0], host }];
  db.adminCommand({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
}
quit(db.hello().isWritablePrimary ? 0 : 1);
