function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.CVZUK7Y7.js","./index.C8IgOQw-.js","./index-D8hBl6OC.js","./index-Boeij2UB.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aB as t}from"./index-D8hBl6OC.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.CVZUK7Y7.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
