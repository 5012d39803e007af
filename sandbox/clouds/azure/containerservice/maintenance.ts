/** When AKS may work on a cluster, as of @pulumi/azure-native 3.28. */
import type { Problem, PropertyModel, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm } from "../arm";
import { apiVersion, bad, clusterType, maintenanceType, part } from "./shared";

const kinds = ["default", "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const number = { type: "integer", required: true } as const;
const weekday = { type: "string", required: true, values: weekdays } as const;
const schedule = (properties: Readonly<Record<string, PropertyModel>>): PropertyModel => ({
    type: "object",
    properties,
});

/** https://learn.microsoft.com/azure/aks/planned-maintenance */
export const maintenance: ResourceModel = arm(
    {
        type: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
        apiVersion,
        names: ["resourceName", "configName"],
        parent: clusterType,
        name: {
            pattern: new RegExp(`^(${kinds.join("|")})$`),
            rule: `must be one of ${kinds.join(", ")}`,
            longest: 63,
        },
    },
    {
        token: maintenanceType,
        inputs: {
            maintenanceWindow: {
                type: "object",
                properties: {
                    durationHours: number,
                    notAllowedDates: {
                        type: "array",
                        items: schedule({
                            end: { type: "string", required: true },
                            start: { type: "string", required: true },
                        }),
                    },
                    schedule: {
                        type: "object",
                        required: true,
                        properties: {
                            absoluteMonthly: schedule({ dayOfMonth: number, intervalMonths: number }),
                            daily: schedule({ intervalDays: number }),
                            relativeMonthly: schedule({
                                dayOfWeek: weekday,
                                intervalMonths: number,
                                weekIndex: { type: "string", required: true },
                            }),
                            weekly: schedule({ dayOfWeek: weekday, intervalWeeks: number }),
                        },
                    },
                    startDate: { type: "string" },
                    startTime: { type: "string", required: true },
                    utcOffset: { type: "string" },
                },
            },
            notAllowedTime: { type: "array", items: { type: "any" } },
            timeInWeek: { type: "array", items: { type: "any" } },
        },
        outputs: { systemData: { type: "any" } },
        durationKey: "aks maintenance configuration",
        validate: ({ maintenanceWindow }) => wrongWindow(part(maintenanceWindow)),
        refuse: ({ configName, maintenanceWindow }) => refusedSchedule(textOf(configName), part(maintenanceWindow)),
        computed: () => ({ systemData: {} }),
    },
);

function wrongWindow({ durationHours, startTime, utcOffset }: PropertyMap): Problem[] {
    const hours = Number(durationHours ?? 4);
    const wrong = (property: string, reason: string): Problem => ({
        property: `maintenanceWindow.${property}`,
        reason,
    });
    return [
        ...(hours < 4 || hours > 24
            ? [wrong("durationHours", `must be 4 to 24 (value given: ${hours}). Correct it.`)]
            : []),
        ...(startTime === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(textOf(startTime))
            ? []
            : [wrong("startTime", `must be HH:MM (value given: ${textOf(startTime)}). Correct it.`)]),
        ...(utcOffset === undefined || /^[+-]\d\d:[0-5]\d$/.test(textOf(utcOffset))
            ? []
            : [wrong("utcOffset", `must be +/-HH:MM (value given: ${textOf(utcOffset)}). Correct it.`)]),
    ];
}

function refusedSchedule(kind: string, { schedule: said }: PropertyMap): string | undefined {
    const names = Object.keys(part(said));
    if (names.length !== 1) {
        return bad(
            `Exactly one schedule must be specified in the maintenance window (${names.join(", ") || "none"} given).`,
            "InvalidParameter",
        );
    }
    const { intervalWeeks } = part(part(said)["weekly"]);
    if (intervalWeeks !== undefined && (Number(intervalWeeks) < 1 || Number(intervalWeeks) > 4)) {
        return bad(`IntervalWeeks must be 1 to 4 (${Number(intervalWeeks)} given).`, "InvalidParameter");
    }
    return kind === "default" && names[0] !== "weekly"
        ? bad("Only weekly schedules are allowed for maintenance configuration 'default'.", "InvalidParameter")
        : undefined;
}
