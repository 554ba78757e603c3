export interface Database {
  instance: { instance_id: string };
}
