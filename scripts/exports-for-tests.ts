/** Exports that only tests import, each with the reason why it stays in production code. */
export const exportsForTests: Readonly<Record<string, string>> = {
  'hooks.ts exports verificationResultShape':
    'what the OpenAPI document says of a message is compared with what the server takes',
  'province-letters.ts exports ownFormRules':
    'a test demands that each rule that asks for a letter by name is written, or named as a form of its own',
  'journal.ts exports journalFileName': 'tests damage the file that a simulator left behind',
  'audit-actions.ts exports auditActions': 'a test compares the table with the facts that are audited',
  'filings.ts exports fictionalFiling':
    'makes up filings for tests of several packages, the bench and samples; it is one tool for all of them',
  'filings.ts exports fictionalCertificateNumber':
    'cases of the catalogue of rejections give numbers of another province, made by the one generator of made-up numbers',
  'rejection-catalogue.ts exports loadRejectionCatalogue':
    'tests run the cases of every row; the page is made from the rows inside',
  'import-resources.ts exports clouds': 'tests go through every cloud, so that a new one without fixtures fails',
  'clock.ts exports codeSuspensionReasons': 'tests demand a help text and a number for partners for each',
  'term.ts exports fits': 'the definition that the property of `latestStart` is checked against',
  'reason.ts exports remedyActions': 'tests demand that the policies use each, and only these',
  'conflicts.ts exports conflictCodes': 'tests demand a case in the policies for each',
  'conflicts.ts exports conflictFactsShape': 'the cases of the policies are read by it',
  'case.ts exports routeIntents': 'a test runs every case with every intent',
  'reasons.ts exports routeReasonCodes': 'tests demand that each is reached by some case and has a help text',
  'index.ts exports declaredFaults': 'a test compares what flows declare with what the contract lists',
  'index.ts exports mayLag': 'a test has the whole list of operations that may be read from a standby',
  'new-databases.ts exports keepNewDatabasesAt':
    'tests begin at copies of one database, which a file of testing/ says where to keep',
  'migrate.ts exports readMigrations': 'tests apply migrations one at a time, with rows in between',
  'find-locking-sql.ts exports lockingIn': 'a table of statements is judged one by one, without files',
  'dump-schema.ts exports dumpSchema': 'the upgrade test compares every upgraded database with the golden file',
  'connection-limit.ts exports exemptAddresses': 'a test asks about addresses that this machine has not',
  'http-world.ts exports until': 'system tests wait as the story itself waits',
  'evaluate.ts exports foundAgainst': 'a test asks every condition by itself, so that a forgotten line fails',
  'issue-statement.ts exports issueStatement': 'the bench runs the very statement, without the server around it',
  'issue-statement.ts exports codeColumns': 'the bench writes the same columns by a bare statement',
  'issue-statement.ts exports commandColumns': 'the bench writes the same columns by a bare statement',
  'totp.ts exports totpCode': 'tests are the authenticator app, and compare with the vectors of RFC 6238',
  'commands.ts exports commandWords': 'a test asks for each by itself, so that a word that loads another command fails',
  'sealed-things.ts exports hashedColumns': 'a test compares the list with the columns of the schema',
  'reason-set.ts exports bitsOf':
    'runs once at start-up, on the one list of reasons; tests show which lists it refuses',
  'sbom.ts exports sbomOfCheckout': 'run as a script at releases; the test reads what it would write',
  'pack.ts exports openPackage': 'tests open a package step by step, as other programs do',
  'materials.ts exports fictionalPictureOf': 'a browser story hands in the picture that the sample draws',
  'page-weight.ts exports pageBytes': 'a test weighs the pages of a built console, which is all that it is for',
  'troubles.ts exports troubleTexts': 'tests hold every trouble that is met to the closed list',
};
