using Granary.Application.People;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Storage;

/// <summary>
/// The one model over both databases. Rooms bring their tables as <see cref="IEntityTypeConfiguration{T}"/> beside their
/// entities and reach them by <c>Set&lt;T&gt;()</c>, so that the ground knows no room.
/// </summary>
public sealed class GranaryDb(DbContextOptions<GranaryDb> options) : IdentityDbContext<User, Role, Guid>(options)
{
    /// <summary>The store this context was opened by, whose gate its changes pass.</summary>
    internal Store? Store { get; set; }

    /// <summary>Whether this is the embedded database.</summary>
    public bool IsSqlite => Database.ProviderName == "Microsoft.EntityFrameworkCore.Sqlite";

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Values(configurationBuilder, IsSqlite);

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(GranaryDb).Assembly);
        EventTable.Shape(builder.Entity<EventRecord>(), IsSqlite);
        if (!IsSqlite)
        {
            // Searching by the beginning of a text needs an index in byte order.
            builder.Entity<Capture.Lead>().Property(l => l.CompanyKey).UseCollation("C");
            builder.Entity<Capture.Lead>().Property(l => l.ContactName).UseCollation("C");
        }

        Conventions.Names(builder);
    }

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        Store is null || !IsSqlite || Database.CurrentTransaction is not null
            ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
            : Store.ThroughTheGate(this, () => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);
}
