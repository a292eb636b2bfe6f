/** The whole SDK. Every part is one file; a part joins the build by standing in this list. */
import { date } from "./conditions/date.js";
import { hideAfter } from "./conditions/hide_after.js";
import { hideAfterAction } from "./conditions/hide_after_action.js";
import { impressions } from "./conditions/impressions.js";
import { manualTrigger } from "./conditions/manual_trigger.js";
import { metaContains } from "./conditions/meta_contains.js";
import { pageVisits } from "./conditions/page_visits.js";
import { showDelay } from "./conditions/show_delay.js";
import { showOnInit } from "./conditions/show_on_init.js";
import { urlContains } from "./conditions/url_contains.js";
import { installPathfora } from "./install.js";
import { bar } from "./layouts/bar.js";
import { button } from "./layouts/button.js";
import { inline } from "./layouts/inline.js";
import { modal } from "./layouts/modal.js";
import { slideout } from "./layouts/slideout.js";
import { message } from "./types/message.js";

installPathfora({
  types: [message],
  layouts: [modal, slideout, bar, button, inline],
  conditions: [
    date,
    pageVisits,
    hideAfterAction,
    urlContains,
    metaContains,
    showOnInit,
    impressions,
    manualTrigger,
    showDelay,
    hideAfter,
  ],
});
