import { PolicyPack } from "@pulumi/policy";
import { noLiteralCredentials } from "./credentials";

new PolicyPack("wandb", { policies: [noLiteralCredentials] });
