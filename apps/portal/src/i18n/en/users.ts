export const users = {
  title: 'Users',
  lead: 'Who may sign in to this account.',
  inviteTitle: 'Invite somebody',
  email: 'Mail address',
  role: 'Role',
  invite: 'Send the invitation',
  invited: 'An invitation is on its way to {{email}}.',
  adminsInvite: 'Only admins invite, now that everything required is there.',
  have: 'Who has access',
  invitedTitle: 'Invited, not here yet',
  nobodyInvited: 'Nobody is invited at the moment.',
  roles: { admin: 'Admin', member: 'Member' },
} as const;
