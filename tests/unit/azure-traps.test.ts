import { describeTraps } from "../support/traps";

const traps = Array.from({ length: 22 }, (_, index) => index + 1);

/** Where each trap of the Terraform module for Azure has a test with its number. */
describeTraps(
    "traps of the Terraform module of Azure: where their tests are",
    22,
    Object.fromEntries(traps.map((trap) => [trap, ["component/azure-traps"]])),
);
