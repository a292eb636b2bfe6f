/**
 * Sends the visitor's audiences and flow steps to Contentstack Personalize's edge (tag.md 7.5): one PATCH a project, for
 * the visitor that Contentstack's own cookie names, and only when something has changed in this session.
 *
 * The path and the headers are UNKNOWN in the vendor's pages; these are those of the Personalize Edge API.
 */

import { contentstack } from "../contentstack.js";
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
  contentstack(plugin, instance, config, "entityPush", own, ({ audiences, flows }, last, keep) => {
    const { baseUrl, personalizeProjectId, audienceAttribute, flowAttribute, cookie } = plugin.options();
    const user = readCookie(cookie);
    const projects = [personalizeProjectId].flat();
    if (!user || !projects.length) return plugin.carp(`no ${user ? "personalizeProjectId" : cookie}`);
    const url = `${baseUrl}/user-attributes`;
    const body = JSON.stringify({ [audienceAttribute]: audiences, [flowAttribute]: flows });
    const text = `${url} ${user} ${body} ${projects}`;
    if (last === text) return undefined;
    const pushes = projects.map(async (project) => {
      const headers = {
        "content-type": "application/json",
        "x-project-uid": project,
        "x-cs-personalize-user-uid": user,
      };
      const answer = await fetch(url, { method: "PATCH", headers, body, keepalive: true });
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${project}`);
    });
    return Promise.all(pushes).then(
      () => instance.isLoaded && keep(text),
      (error) => plugin.carp(error),
    );
  });
}
