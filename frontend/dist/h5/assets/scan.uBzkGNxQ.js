function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.yk1AGB3g.js","./index.C8IgOQw-.js","./page.8KoJBReG.js","./index-Cr0W3KXZ.js","./index-CizON33R.css","./page-BSDeyB3_.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{_ as t}from"./index-Cr0W3KXZ.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.yk1AGB3g.js"),__vite__mapDeps([0,1,2,3,4,5]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
