function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.D4-Oj3WP.js","./index.C8IgOQw-.js","./index-DpE9O6HA.js","./index-D7rBsZ8c.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{as as t}from"./index-DpE9O6HA.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.D4-Oj3WP.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
