-- When somebody took or skipped the tour through the console; NULL: not yet, so that it is offered. Those from before know the console.
ALTER TABLE auth_user ADD COLUMN "tourEndedAt" timestamptz DEFAULT now();
ALTER TABLE auth_user ALTER COLUMN "tourEndedAt" DROP DEFAULT;
