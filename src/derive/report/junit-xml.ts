import { attribute, escapeXml } from '../report/xml.ts';

/** One test of a JUnit report. */
export interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly seconds: number;
  /** what it says of itself when it passes */
  readonly output?: string;
  readonly failure?: { readonly message: string; readonly body: string };
}

/** A JUnit document with one suite, as CI systems read it (the schema of the Ant task); ends in a newline. */
export function junit(suite: string, cases: readonly TestCase[]): string {
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const seconds = cases.reduce((sum, each) => sum + each.seconds, 0);
  const counts = attribute('tests', cases.length) + attribute('failures', failures) + attribute('errors', 0);
  const head = attribute('name', suite) + counts + attribute('time', time(seconds));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${head}>`,
    `  <testsuite${head}>`,
    ...cases.flatMap(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ name, classname, seconds, output, failure }: TestCase): string[] {
  const head = `    <testcase${attribute('classname', classname)}${attribute('name', name)}${attribute('time', time(seconds))}`;
  if (failure) {
    const { message, body } = failure;
    return [
      `${head}>`,
      `      <failure${attribute('message', message)}>${escapeXml(body)}</failure>`,
      '    </testcase>',
    ];
  }
  if (output === undefined) return [`${head}/>`];
  return [`${head}>`, `      <system-out>${escapeXml(output)}</system-out>`, '    </testcase>'];
}

const time = (seconds: number): string => seconds.toFixed(6);
