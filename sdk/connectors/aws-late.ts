import * as pulumi from "@pulumi/pulumi";
import type { AwsSecureStorageConnectorArgs } from "../aws/args/storage-connector";
import { resourceError } from "../errors";
import { wrongAdministrator, wrongKeyArn, wrongOriginHost, wrongPrefix, wrongPrincipal } from "../validation/aws/rules";

type Rule = (value: string) => string | undefined;

/**
 * The same arguments, with the checks of what was not known before where AWS would take a wrong value, or everybody would get access: an
 * Output has its value only later.
 */
export function checkedLate(args: AwsSecureStorageConnectorArgs, component: pulumi.Resource) {
    const one = (value: pulumi.Input<string>, path: string, rule: Rule): pulumi.Output<string> =>
        pulumi.output(value).apply((known) => {
            const wrong = rule(known);
            if (wrong !== undefined) {
                throw resourceError(`${path}: ${wrong}`, component);
            }
            return known;
        });
    const all = (values: pulumi.Input<string>[], path: string, rule: Rule): pulumi.Output<string>[] =>
        values.map((value, index) => one(value, `${path}[${index}]`, rule));
    const { principalArns, hosts, prefix, kmsKey } = args;
    const { arn, administratorArns } = kmsKey ?? {};
    return {
        ...args,
        principalArns: all(principalArns, "principalArns", wrongPrincipal),
        hosts: all(hosts, "hosts", wrongOriginHost),
        prefix: prefix === undefined ? undefined : one(prefix, "prefix", wrongPrefix),
        kmsKey: kmsKey && {
            ...kmsKey,
            arn: arn === undefined ? undefined : one(arn, "kmsKey.arn", wrongKeyArn),
            administratorArns:
                administratorArns && all(administratorArns, "kmsKey.administratorArns", wrongAdministrator),
        },
    };
}
