// Every rule of the table written otherwise: the unit tests take one in fifteen.
process.env.EVERY_RULE = '1';
jest.requireActual('../checks/metamorphic.test');
