from app.dependencies.items import ItemServiceDep
