import sqlmodel.sql.sqltypes
