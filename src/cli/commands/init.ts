import { installOffices } from '../../access/index.js';
import { areaRegister, installUnits, scopeOfProvince } from '../../areas/index.js';
import { Problem, newId, today } from '../../kernel/index.js';
import type { Store, Tx } from '../../store/index.js';
import { findInstance, runCommand } from '../../store/index.js';
import type { Command } from '../context.js';
import { operator } from '../operator.js';

export const command: Command = {
  name: 'init',
  summary: 'lập một hệ thống thật, chưa có số liệu, cho một tỉnh',
  usage: ['init --province MÃ_TỈNH [--json]'],
  options: {
    province: { type: 'string', hint: 'MÃ_TỈNH', description: 'mã tỉnh, ví dụ 20 (Lạng Sơn)' },
  },
  async run(ctx) {
    const province = ctx.options.required('province');
    const made = await ctx.withStore((store) => initInstance(store, province));
    await ctx.print(
      made,
      `Đã lập hệ thống thật cho ${made.provinceName}: ${made.units} đơn vị hành chính, ${made.offices} cơ quan.\n` +
        'Tiếp theo: thonban user add để tạo tài khoản, rồi npm start.',
    );
  },
};

export interface NewInstance {
  instanceId: string;
  kind: 'real';
  provinceCode: string;
  provinceName: string;
  units: number;
  offices: number;
}

/** Writes the birth of a real instance, unchangeable ever after; refused where one exists. */
export async function initInstance(store: Store, provinceCode: string): Promise<NewInstance> {
  const register = areaRegister();
  const province = register.unitOn(provinceCode, today(store.clock));
  const hasCommunes = province && register.communesOf(provinceCode, today(store.clock)).length > 0;
  if (province?.level !== 'province' || !hasCommunes) throw unknownProvince(provinceCode);
  return runCommand(
    store,
    {
      actor: operator([scopeOfProvince(provinceCode)]),
      commandId: newId(store.clock),
      name: 'instance.init',
      permission: 'office:propose',
      input: { provinceCode },
    },
    async (tx) => {
      await refuseExisting(tx);
      const instanceId = newId(store.clock);
      await tx.query(
        `insert into instance (instance_id, kind, province_code, created_at)
         values ($1, 'real', $2, $3)`,
        [instanceId, provinceCode, tx.now],
      );
      const { units } = await installUnits(tx);
      const offices = await installOffices(tx, provinceCode);
      const { name: provinceName } = province;
      return { instanceId, kind: 'real', provinceCode, provinceName, units, offices };
    },
  );
}

async function refuseExisting(tx: Tx): Promise<void> {
  const kind = (await findInstance(tx))?.kind;
  if (!kind) return;
  throw new Problem('conflict', {
    code: 'instance-exists',
    what: `Thư mục dữ liệu này đã có một hệ thống ${kind === 'demo' ? 'mô phỏng' : 'thật'}.`,
    why: 'Một hệ thống là thật hay mô phỏng ngay từ khi lập và không đổi được.',
    todo: 'Đặt THONBAN_DATA sang một thư mục trống rồi chạy lại.',
  });
}

function unknownProvince(code: string): Problem {
  return new Problem('refused', {
    code: 'province-unknown',
    what: `Chưa có danh mục đơn vị hành chính cấp xã của tỉnh mang mã "${code}".`,
    todo: 'Tra mã tỉnh: thonban areas find TÊN --country. Hiện có danh mục đủ của tỉnh 20 (Lạng Sơn).',
  });
}
