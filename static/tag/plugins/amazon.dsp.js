/**
 * Loads Amazon's pixel, the European one for the countries of `euWhitelist`, once a page (tag.md 7.5). The country is
 * the browser language's; `GB`, which no list would name, counts as the list's `UK`.
 */

import { optIn } from "../opt_in.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function amazonDsp(plugin) {
  const { language } = navigator;
  optIn(plugin, "amazon.dsp", {
    alpha2: language.slice(-2).toUpperCase().replace("GB", "UK"),
    language,
    pixelEu: "https://aax-eu.amazon-adsystem.com/s/dcm?pid=0fd612d9-169e-4abc-9509-01b23357b7a4",
    pixelRest: "https://s.amazon-adsystem.com/dcm?pid=8f9b0615-e931-45a3-99e7-549741c1960e",
    euWhitelist: ["UK", "DE", "FR", "IT", "ES", "IN", "AE"],
  });
  let asked = 0;
  plugin.ready(() => {
    const { alpha2, euWhitelist, pixelEu, pixelRest } = plugin.options();
    if (asked++) return;
    plugin.pixel({
      src: euWhitelist.includes(alpha2) ? pixelEu : pixelRest,
      success: () => plugin.emit("amazon.dsp.succeeded"),
      failure: () => plugin.emit("amazon.dsp.failed"),
    });
  });
}
