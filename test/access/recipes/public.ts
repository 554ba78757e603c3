import { open } from './recipe.js';

const figure = ['?round=2024', '?area=06613', '?area=06625&boundaries=2025-07-01'];
const form = ['?round=2024', '?area=06613', '?boundaries=2025-07-01'];

export const site = {
  'GET /': open({}, '?cau=2024-2025'),
  'GET /healthz': open(),
  'GET /style.*.css': open(),
  'GET /so-lieu/:code': open({ code: 'poverty-rate' }, ...figure),
  'GET /so-lieu/:code/tai': open({ code: 'poor-households' }, '?area=06613'),
  'GET /bieu-mau': open(),
  'GET /bieu-mau/:n': open({ n: '1' }, ...form),
  'GET /bieu-mau/:n/tai': open({ n: '1' }, '?dang=csv', '?dang=xlsx&area=06613'),
  'GET /dia-ban': open({}, '?ten=Quoc+Khanh'),
  'GET /dia-ban/:code': open({ code: '06004' }, '?tu=2020-01-01', '?dot=2024'),
  'GET /van-ban': open({}, '?tim=1719'),
  'GET /van-ban/xem': open({}, '?so=07/2021/NĐ-CP'),
  'GET /nhat-ky/neo': open({}, '?thang=2025-11'),
  'GET /sql/views/*': open({ '*': 'pivot.sql' }),
};

const v1 = {
  '': open(),
  '/openapi.json': open(),
  '/indicators': open(),
  '/rounds': open(),
  '/figures/:code': open({ code: 'poor-households' }, '?period=2025', '?period=2025&area=06613'),
  '/series/:code': open({ code: 'poverty-rate' }, '?area=06625'),
  '/bridge': open({}, '?from=2024&to=2025'),
  '/forms/:form': open({ form: '1' }, '?round=2025', '?round=2025&area=06004'),
  '/areas': open({}, '?name=Quoc+Khanh'),
  '/areas/:code': open({ code: '06004' }),
  '/areas/:code/lineage': open({ code: '06004' }),
  '/areas/:code/bridge': open({ code: '06004' }, '?round=2024'),
  '/audit/anchors': open({}, '?from=2025-11-01&to=2025-12-02'),
  '/audit/anchors/:date': open({ date: '2025-12-01' }),
  '/law/documents': open(),
  '/law/document': open({}, '?key=07/2021/NĐ-CP'),
  '/law/citations': open({}, '?text=Nghị+định+07/2021/NĐ-CP'),
};

export const api = Object.fromEntries(
  Object.entries(v1).map(([path, recipe]) => [`GET /api/v1${path}`, recipe]),
);
