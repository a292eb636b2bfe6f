import { activitySection } from "./activity_section.js";
import { labSection } from "./lab_section.js";
import { personalizationSection } from "./personalization_section.js";
import { profileSection } from "./profile_section.js";
import { statusSection } from "./status_section.js";

/** Every section, in the order of the tabs. */
export const allSections = [statusSection, activitySection, profileSection, personalizationSection, labSection];
