import { DataMark } from './data-mark.js';

export const dataMarkExample = () => <DataMark x={100} y={20} />;
