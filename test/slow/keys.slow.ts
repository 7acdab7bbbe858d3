// Six times as many sets of keys as the unit tests make.
process.env.SETS_OF_KEYS = '40';
jest.requireActual('../kms/keys.property.test');
