using Granary.Application.Capture.Import;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;

namespace Granary.Application.Intake.Import;

/// <summary>Which imports somebody reaches.</summary>
public static class ImportScope
{
    extension(Viewer viewer)
    {
        /// <summary>Their own imports of leads, and those of whom the permission to import reaches; what is outside is as if it were not there.</summary>
        public IQueryable<ImportBatch> Imports(GranaryDb db)
        {
            var imports = db.Set<ImportBatch>().Where(b => b.Kind == ImportKind.Leads);
            if (viewer.Owners(Permission.ImportLeads) is not { } owners)
            {
                return imports;
            }

            var reached = owners.Append(viewer.UserId).Distinct().ToArray();
            return viewer.May(Permission.ImportLeads) ? imports.Where(b => reached.Contains(b.UserId)) : imports.Where(b => false);
        }

        /// <summary>Imports of records of another kind: those of whom the permission reaches, and their own.</summary>
        public IQueryable<ImportBatch> RecordImports(GranaryDb db, ImportKind kind, Permission permission)
        {
            var imports = db.Set<ImportBatch>().Where(b => b.Kind == kind);
            if (viewer.Owners(permission) is not { } owners)
            {
                return imports;
            }

            var reached = owners.Append(viewer.UserId).Distinct().ToArray();
            return viewer.May(permission) ? imports.Where(b => reached.Contains(b.UserId)) : imports.Where(b => false);
        }
    }
}
