/** Numbers of accounts and ids of organizations, as AWS writes them. */
const areTexts = (value: unknown, pattern: RegExp) => Array.isArray(value) && value.every((item) => typeof item === 'string' && pattern.test(item));

export const areAccounts = (value: unknown) => areTexts(value, /^\d{12}$/);
export const areOrganizations = (value: unknown) => areTexts(value, /^o-[a-z0-9]{10,32}$/);
