/**
 * Sends the visitor's audiences and flow steps to Contentstack Personalize's edge (tag.md 7.5): one PATCH a project, for
 * the visitor that Contentstack's own cookie names, and only when something has changed in this session.
 *
 * The path and the headers are UNKNOWN in the vendor's pages; these are those of the Personalize Edge API.
 */

import { contentstack, memory } from "../contentstack.js";
import { readCookie } from "../cookie_jar.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function contentstackEntityPush(plugin, instance, config) {
  const own = {
    baseUrl: "https://personalize-edge.contentstack.com",
    personalizeProjectId: [],
    audienceAttribute: "lytics_audiences",
    flowAttribute: "lytics_flows",
  };
  contentstack(plugin, instance, config, "entityPush", own, async (state) => {
    const { baseUrl, personalizeProjectId, audienceAttribute, flowAttribute, cookie } = plugin.options();
    const user = readCookie(cookie);
    const projects = [personalizeProjectId].flat();
    if (!user) return plugin.carp(`nothing was pushed: there is no cookie ${cookie}`);
    if (!projects.length) return plugin.carp("nothing was pushed: set personalizeProjectId");
    const body = JSON.stringify({ [audienceAttribute]: state.audiences, [flowAttribute]: state.flows });
    const url = `${baseUrl}/user-attributes`;
    const text = [url, user, body, ...projects].join();
    if (memory(plugin, "entityPush").last === text) return undefined;
    const taken = await Promise.all(projects.map((project) => push(project, user, body, url)));
    return instance.isLoaded && taken.every(Boolean) && memory(plugin, "entityPush").keep(text);
  });

  /**
   * @param {string} project
   * @param {string} user
   * @param {string} body
   * @param {string} url
   */
  async function push(project, user, body, url) {
    const headers = {
      "content-type": "application/json",
      "x-project-uid": project,
      "x-cs-personalize-user-uid": user,
    };
    try {
      const { ok, status } = await fetch(url, { method: "PATCH", headers, body, credentials: "omit", keepalive: true });
      if (!ok) throw new Error(`status ${status}`);
      return true;
    } catch (error) {
      plugin.carp(`nothing was pushed to project ${project}: ${url}: ${error}`);
      return false;
    }
  }
}
