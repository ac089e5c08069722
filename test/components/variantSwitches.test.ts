import {describe, expect, it} from "vitest";
import {updateVariantSwitches, variantSwitches} from "../../src/components/variantSwitches.js";
import {blank, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const choices = [{kpi: "logo_churn", label: "Customer churn", names: [{name: "standard", text: "Standard"}, {name: "stripe", text: "As Stripe has it"}]}, {kpi: "nrr", label: "Net retention", names: [{name: "standard", text: "Standard"}, {name: "baremetrics", text: "As Baremetrics has it"}]}];

describe("variantSwitches(choices)", () => {
  it("tells of every choice, and of the report's own by leaving it out", () => {
    const told: unknown[] = [];
    const form = variantSwitches(choices, {chosen: {nrr: "baremetrics"}, onChange: (chosen) => told.push(chosen), format, document});
    const [churn, nrr] = [...form.querySelectorAll("select")] as [HTMLSelectElement, HTMLSelectElement];
    expect([churn.value, nrr.value]).toEqual(["standard", "baremetrics"]);
    const choose = (select: HTMLSelectElement, value: string) => {
      select.value = value;
      select.dispatchEvent(new (document.defaultView!.Event)("change"));
    };
    choose(churn, "stripe");
    choose(nrr, "standard");
    expect(told).toEqual([{nrr: "baremetrics", logo_churn: "stripe"}, {logo_churn: "stripe"}]);
    updateVariantSwitches(form, {});
    expect([churn.value, nrr.value]).toEqual(["standard", "standard"]);
  });
  it("cannot be used at build", () => {
    const form = variantSwitches(choices, {chosen: {}, format, document});
    expect([...form.querySelectorAll("select")].map(({disabled}) => disabled)).toEqual([true, true]);
    expect([...form.querySelectorAll("label")].map(({textContent}) => textContent)).toEqual(["Customer churnStandardAs Stripe has it", "Net retentionStandardAs Baremetrics has it"]);
  });
});
