import { GcpDatabaseDiskType, GcpDatabaseEdition } from "./database";

/** A series of machine types of Cloud SQL: https://docs.cloud.google.com/sql/docs/mysql/machine-series-overview */
interface Series {
    readonly form: RegExp;
    readonly edition: GcpDatabaseEdition;
    /** Disks that it has, its default first. */
    readonly diskTypes: readonly GcpDatabaseDiskType[];
}

const { Enterprise, EnterprisePlus } = GcpDatabaseEdition;
const { Ssd, Hdd, HyperdiskBalanced } = GcpDatabaseDiskType;

const AllSeries: readonly Series[] = [
    { form: /^db-custom-N4-\d+-\d+$/, edition: Enterprise, diskTypes: [HyperdiskBalanced] },
    {
        form: /^db-(custom-\d+-\d+|n1-(standard|highmem)-\d+|f1-micro|g1-small)$/,
        edition: Enterprise,
        diskTypes: [Ssd, Hdd],
    },
    { form: /^db-(perf|memory)-optimized-N-\d+$/, edition: EnterprisePlus, diskTypes: [Ssd] },
    { form: /^db-c4a-highmem-\d+$/, edition: EnterprisePlus, diskTypes: [HyperdiskBalanced] },
];

/** The series of a machine type; absent when it is none that is known. */
export function seriesOf(tier: string): Omit<Series, "form"> | undefined {
    return AllSeries.find(({ form }) => form.test(tier));
}
