import { attribute, escapeXml } from './xml.ts';

/** One test of a JUnit report; without `failure`, `error` and `skipped` it passed. */
export interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly seconds: number;
  /** what it says of itself when it passes */
  readonly output?: string;
  readonly failure?: Fault;
  /** it could not be run */
  readonly error?: Fault;
  /** why it has no answer */
  readonly skipped?: string;
}

interface Fault {
  readonly message: string;
  readonly body: string;
}

export interface TestSuite {
  readonly name: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly cases: readonly TestCase[];
}

/** A JUnit document, as CI systems read it (the schema of the Ant task); ends in a newline. */
export function junit(name: string, suites: readonly TestSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${head(name, all)}>`,
    ...suites.flatMap(testSuite),
    '</testsuites>',
    '',
  ].join('\n');
}

function testSuite({ name, properties = {}, cases }: TestSuite): string[] {
  const entries = Object.entries(properties);
  const lines = entries.map(
    ([key, value]) => `      <property${attribute('name', key)}${attribute('value', value)}/>`,
  );
  return [
    `  <testsuite${head(name, cases)}>`,
    ...(lines.length === 0 ? [] : ['    <properties>', ...lines, '    </properties>']),
    ...cases.flatMap(testCase),
    '  </testsuite>',
  ];
}

function head(name: string, cases: readonly TestCase[]): string {
  const count = (kind: 'failure' | 'error' | 'skipped'): number =>
    cases.filter((each) => each[kind] !== undefined).length;
  const seconds = cases.reduce((sum, each) => sum + each.seconds, 0);
  return [
    attribute('name', name),
    attribute('tests', cases.length),
    attribute('failures', count('failure')),
    attribute('errors', count('error')),
    attribute('skipped', count('skipped')),
    attribute('time', time(seconds)),
  ].join('');
}

function testCase({ name, classname, seconds, output, failure, error, skipped }: TestCase): string[] {
  const start = `    <testcase${attribute('classname', classname)}${attribute('name', name)}${attribute('time', time(seconds))}`;
  const inside = [
    ...(failure ? [fault('failure', failure)] : []),
    ...(error ? [fault('error', error)] : []),
    ...(skipped === undefined ? [] : [`      <skipped${attribute('message', skipped)}/>`]),
    ...(output === undefined ? [] : [`      <system-out>${escapeXml(output)}</system-out>`]),
  ];
  return inside.length === 0 ? [`${start}/>`] : [`${start}>`, ...inside, '    </testcase>'];
}

const fault = (element: string, { message, body }: Fault): string =>
  `      <${element}${attribute('message', message)}>${escapeXml(body)}</${element}>`;

const time = (seconds: number): string => seconds.toFixed(6);
