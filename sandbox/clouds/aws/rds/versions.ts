/** Engine versions and instance classes of Aurora MySQL. */

/**
 * Versions that can be made or upgraded to, oldest first, without those whose support has ended:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html
 */
const versions = [
    "5.7.mysql_aurora.2.11.6",
    "5.7.mysql_aurora.2.12.5",
    "5.7.mysql_aurora.2.12.6",
    "8.0.mysql_aurora.3.04.0",
    "8.0.mysql_aurora.3.04.4",
    "8.0.mysql_aurora.3.04.6",
    "8.0.mysql_aurora.3.05.2",
    "8.0.mysql_aurora.3.08.0",
    "8.0.mysql_aurora.3.08.1",
    "8.0.mysql_aurora.3.08.2",
    "8.0.mysql_aurora.3.09.0",
    "8.0.mysql_aurora.3.10.0",
    "8.0.mysql_aurora.3.10.1",
    "8.0.mysql_aurora.3.10.2",
    "8.0.mysql_aurora.3.10.3",
    "8.0.mysql_aurora.3.10.4",
    "8.0.mysql_aurora.3.11.1",
    "8.0.mysql_aurora.3.12.0",
    "8.4.mysql_aurora.8.4.7",
];

/** What AWS takes when a program gives none; it moves: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.Versioning.html */
export const defaultVersion = "8.0.mysql_aurora.3.10.3";

/** A version by itself, or the newest of a line such as `8.0`; absent when there is none. */
export function exactVersion(given: string): string | undefined {
    return versions.includes(given) ? given : versions.filter((version) => version.startsWith(`${given}.mysql`)).at(-1);
}

/** `8.0`, the line to which families of parameter groups belong. */
export function lineOf(version: string): string {
    return version.split(".mysql", 1)[0];
}

/** Whether the way from one version to the other leads down. */
export function isDowngrade(from: string, to: string): boolean {
    return versions.indexOf(to) < versions.indexOf(from);
}

export const families = ["aurora-mysql5.7", "aurora-mysql8.0", "aurora-mysql8.4"];

/** Sizes by family: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html */
const sizes: Readonly<Record<string, string>> = {
    r5: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge",
    r6g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
    r6i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge",
    r7g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
    r7i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
    r8g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
    t3: "medium large",
    t4g: "medium large",
    x2g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
};

export const serverlessClass = "db.serverless";

export function isClass(name: string): boolean {
    const [db, family = "", size = "", ...more] = name.split(".");
    const known = (sizes[family] ?? "").split(" ").includes(size) && size !== "";
    return name === serverlessClass || (db === "db" && known && more.length === 0);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html */
export function hasInsights(instanceClass: string): boolean {
    return !/^db\.(t2|t3)\.|^db\.t4g\.(micro|small)$/.test(instanceClass);
}
