/** The whole SDK. Every part is one file; a part joins the build by standing in this list. */
import { abTest, abTesting } from "./ab_test.js";
import { branding } from "./branding.js";
import { date } from "./conditions/date.js";
import { showOnExitIntent } from "./conditions/exit_intent.js";
import { hideAfter } from "./conditions/hide_after.js";
import { hideAfterAction } from "./conditions/hide_after_action.js";
import { impressions } from "./conditions/impressions.js";
import { manualTrigger } from "./conditions/manual_trigger.js";
import { metaContains } from "./conditions/meta_contains.js";
import { pageVisits } from "./conditions/page_visits.js";
import { displayWhenElementVisible, scrollPercentageToDisplay } from "./conditions/scrolling.js";
import { showDelay } from "./conditions/show_delay.js";
import { showOnInit } from "./conditions/show_on_init.js";
import { urlContains } from "./conditions/url_contains.js";
import { dateField } from "./form_elements/date.js";
import { checkboxGroup, radioGroup } from "./form_elements/groups.js";
import { selectField } from "./form_elements/select.js";
import { emailField, inputField, postalField, textareaField, textField } from "./form_elements/text.js";
import { unlocked } from "./gates.js";
import { image } from "./image.js";
import { inlineBlocks } from "./inline_blocks.js";
import { installPathfora } from "./install.js";
import { bar } from "./layouts/bar.js";
import { button } from "./layouts/button.js";
import { gate } from "./layouts/gate.js";
import { inline } from "./layouts/inline.js";
import { modal } from "./layouts/modal.js";
import { slideout } from "./layouts/slideout.js";
import { markup } from "./markup.js";
import { previewing } from "./preview.js";
import { pushDown } from "./push_down.js";
import { recommend, recommending } from "./recommend.js";
import { remembering } from "./remembering.js";
import { targeting } from "./targeting.js";
import { telling } from "./telling.js";
import { fields, showOnMissingFields } from "./templates.js";
import { themes } from "./themes.js";
import { toolbox } from "./toolbox.js";
import { topLayer } from "./top_layer.js";
import { triggering } from "./triggers.js";
import { form } from "./types/form.js";
import { message } from "./types/message.js";
import { sitegate } from "./types/sitegate.js";
import { subscription } from "./types/subscription.js";
import { visitor } from "./visitor.js";

installPathfora({
  types: [message, subscription, form, sitegate],
  layouts: [modal, slideout, bar, button, inline, gate],
  conditions: [
    unlocked,
    abTest,
    pushDown,
    fields,
    recommend,
    date,
    pageVisits,
    hideAfterAction,
    urlContains,
    metaContains,
    showOnInit,
    impressions,
    showOnExitIntent,
    displayWhenElementVisible,
    scrollPercentageToDisplay,
    manualTrigger,
    showOnMissingFields,
    showDelay,
    hideAfter,
  ],
  formElements: [textField, inputField, emailField, postalField, dateField, textareaField, selectField, radioGroup, checkboxGroup],
  features: [
    remembering,
    toolbox,
    triggering,
    visitor,
    targeting,
    markup,
    branding,
    image,
    recommending,
    abTesting,
    inlineBlocks,
    themes,
    topLayer,
    previewing,
    telling,
  ],
});
