// Ten times as many sets of keys as the unit tests make.
process.env.SETS_OF_KEYS = '60';
jest.requireActual('../kms/keys.property.test');
