// Stands for WeChat's own script. `wechatPhone` is what the phone would answer with; without an answer
// for a function, it fails, as on a phone that says no.
"use strict";
window.wechatCalls = [];
window.wx = (() => {
  let ready = null;
  const asked = (name) => (options) => {
    const { success, fail, ...rest } = options;
    window.wechatCalls.push([name, rest]);
    const answer = (window.wechatPhone || {})[name];
    setTimeout(() => (answer ? success && success(answer) : fail && fail({ errMsg: name + ":fail" })), 0);
  };
  const functions = ["updateAppMessageShareData", "updateTimelineShareData", "scanQRCode", "getLocation", "openLocation"];
  const wx = {
    config: (options) => {
      window.wechatCalls.push(["config", options]);
      setTimeout(() => ready && ready(), 0);
    },
    ready: (then) => (ready = then),
    error: () => {},
  };
  for (const name of functions) wx[name] = asked(name);
  return wx;
})();
