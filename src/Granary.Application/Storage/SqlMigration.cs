using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Granary.Application.Storage;

/// <summary>A migration is a numbered SQL file for each database, embedded under <c>Migrations/{sqlite,postgres}</c>.</summary>
public abstract class SqlMigration : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        var folder = migrationBuilder.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite" ? "sqlite" : "postgres";
        var name = $"Migrations/{folder}/{GetType().GetCustomAttribute<MigrationAttribute>()!.Id}.sql";
        using var stream = GetType().Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is missing.");
        using var reader = new StreamReader(stream);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}

[DbContext(typeof(GranaryDb)), Migration("0001_foundation")]
internal sealed class Foundation : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0002_calendar")]
internal sealed class CalendarOfOrganisation : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0004_holding_and_deadlines")]
internal sealed class HoldingAndDeadlines : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0005_held_and_due")]
internal sealed class HeldAndDue : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0006_decisions_due")]
internal sealed class DecisionsDue : SqlMigration;
